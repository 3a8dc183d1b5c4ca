import { WebSocket } from 'ws';

const messageTooBig = 1009;

/** Sockets for ws's server that say why they are closed over a message that is too big; ws itself closes them with a bare code. */
export const sizeLimitedSocket = (maxBytes: number): typeof WebSocket =>
  class SizeLimitedSocket extends WebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      const tooBig = code === messageTooBig ? `A message may have at most ${maxBytes} bytes` : undefined;
      super.close(code, reason ?? tooBig);
    }
  };
