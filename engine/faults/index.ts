export { type Band, bands } from './bands.ts'
export { describe } from './describe.ts'
export { FAULT_KINDS, faultKindsFor, type FaultArg, type FaultKind } from './kinds.ts'
export { durationText, type Names, namesOf, PLAIN_NAMES, setName, targetName } from './names.ts'
