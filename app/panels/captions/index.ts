import type { CaptionWriters } from '../caption.ts'

/** By program: what its marks say on the caption line. Their kinds are headlines: see HEADLINE_KINDS in state/. */
export const CAPTIONS: CaptionWriters = {}
