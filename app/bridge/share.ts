import { ok, fail, type Result } from '../../engine/kernel/result.ts'
export const codeInAddress = (hash: string): string | null => (hash.startsWith('#s=') ? hash.slice(3) : null)
export const openCode = async (_code: string): Promise<Result<true>> => fail('later')
export const openText = openCode
export const currentCode = async (): Promise<Result<{ code: string }>> => ok({ code: 'x' })
