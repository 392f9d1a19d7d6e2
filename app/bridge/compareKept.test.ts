import { describe, expect, it } from 'vitest'
import { codesInAddress, hashOf } from './compareKept.ts'
import { codeInAddress } from './share.ts'

describe('a comparison in the address', () => {
  const codes = ['1.abc-_', '1.def', '1.ghi']

  it('comes back as it was written', () => {
    expect(codesInAddress(hashOf(codes))).toEqual(codes)
  })

  it('is a link to its first set-up for whoever knows of no comparisons', () => {
    expect(codeInAddress(hashOf(codes))).toBe('1.abc-_')
  })

  it('is none where there is a single run, or nothing', () => {
    expect(codesInAddress('#s=1.abc')).toBeNull()
    expect(codesInAddress('#other')).toBeNull()
    expect(codesInAddress('')).toBeNull()
  })
})
