/** What PayPal answers instead of a resource: a name, and of each fault an issue. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: object;

  constructor(status: number, name: string, issue: string | null = null) {
    super(issue ?? name);
    this.status = status;
    const details = issue === null ? [] : [{ issue, description: issue }];
    this.body = { name, message: issue ?? name, debug_id: 'sandbox', details };
  }
}

export const missing = (): ApiError => new ApiError(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');

/** Understood, and not to be done. */
export const unprocessable = (issue: string): ApiError => new ApiError(422, 'UNPROCESSABLE_ENTITY', issue);

export const invalid = (issue: string): ApiError => new ApiError(400, 'INVALID_REQUEST', issue);
