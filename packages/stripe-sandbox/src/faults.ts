/** The kinds of requests that can go wrong. */
export type Operation =
  | 'create'
  | 'confirm'
  | 'capture'
  | 'cancel'
  | 'retrieve'
  | 'search'
  | 'refund'
  | 'transfer'
  | 'customer'
  | 'setup'
  | 'detach'
  | 'remove'
  | 'balance';
