/** What the use cases of the second factor ask of the world. */

/** An account's one-time codes: on once its owner has shown that they can make one. */
export type SecondFactor = {
  /** Base 32. */
  readonly secret: string;
  readonly isOn: boolean;
  /** The latest time step of which a code was used; 0 before the first. */
  readonly lastStep: number;
};

/** Repository, in one transaction. Codes are used up by one statement each, so that of many at once one succeeds. */
export type SecondFactors = {
  find(userId: string): Promise<SecondFactor | null>;
  /** Keeps a secret that is not on yet, in the place of any that never was. */
  propose(userId: string, secret: string): Promise<void>;
  /** Switches codes on by that of a step. */
  confirm(userId: string, step: number): Promise<void>;
  /** Forgets the secret and the recovery codes. */
  remove(userId: string): Promise<void>;
  /** False when that step, or one after it, was used before. */
  useStep(userId: string, step: number): Promise<boolean>;
  /** Recovery codes by their fingerprints; those before are good no more. */
  replaceRecoveryCodes(userId: string, fingerprints: readonly string[]): Promise<void>;
  /** False when this user has no such code, or not any more. */
  useRecoveryCode(userId: string, fingerprint: string): Promise<boolean>;
  countRecoveryCodes(userId: string): Promise<number>;
};

/** What a client shows to its user, who brings it into an app. */
export type Enrolment = {
  readonly secret: string;
  /** `otpauth://totp/…` */
  readonly uri: string;
  /** The same as a picture: a `data:` URL. */
  readonly qrCode: string;
};

/** Making and comparing codes. */
export type OneTimeCodes = {
  createSecret(): string;
  /** Whether these are the digits of that time step; takes as long when they are not. */
  isCodeOf(secret: string, step: number, digits: string): boolean;
  present(secret: string, account: string): Promise<Enrolment>;
  createRecoveryCode(): string;
};
