/** What Stripe answers instead of an object. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: object;

  constructor(status: number, type: string, code: string, message: string, more: object = {}) {
    super(message);
    this.status = status;
    this.body = { error: { type, code, message, ...more } };
  }
}

export const invalid = (message: string, code = 'parameter_invalid'): ApiError =>
  new ApiError(400, 'invalid_request_error', code, message);

export const missing = (what: string): ApiError =>
  new ApiError(404, 'invalid_request_error', 'resource_missing', `No such ${what}`);
