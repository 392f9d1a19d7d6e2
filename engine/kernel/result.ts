/** The user's mistakes return; they never throw. `error` is one sentence with field, value and bound. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (error: string): { readonly ok: false; readonly error: string } => ({ ok: false, error })
