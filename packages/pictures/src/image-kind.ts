const startsWith = (bytes: Uint8Array, ascii: string, at = 0): boolean =>
  [...ascii].every((character, index) => bytes[at + index] === character.charCodeAt(0));

/** What a file is by its first bytes, whatever its name or its sender say; null for all that is no picture of ours. */
export const imageKindOf = (bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | null => {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp';
  return null;
};

/** A PNG that moves says so in a chunk before its picture; decoders of plain PNG pass over it. */
export const isMovingPng = (bytes: Uint8Array): boolean => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= view.length; ) {
    const chunk = view.toString('latin1', at + 4, at + 8);
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
    at += 12 + view.readUInt32BE(at);
  }
  return false;
};
