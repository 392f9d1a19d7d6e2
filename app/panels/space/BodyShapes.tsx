/** A body as on the stage; `turn` in degrees clockwise from pointing right. */
export const DartShape = ({ colour, turn = 0 }: { colour: string; turn?: number }) => (
  <svg className="role-shape" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M11.5 6 1 10 3.2 6 1 2Z" fill={colour} transform={`rotate(${turn} 6 6)`} />
  </svg>
)

export const DEAD = 'cross'
const PATHS: { readonly [shape: string]: string } = {
  ring: 'M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Z',
  diamond: 'M6 0.8 11.2 6 6 11.2 0.8 6Z',
  square: 'M1.5 1.5h9v9h-9Z',
  triangle: 'M6 1 11.4 10.6H0.6Z',
  [DEAD]: 'M2 2 10 10M10 2 2 10',
}

/** The mark of an afflicted body. */
export const AfflictionShape = ({ shape }: { shape: string }) => (
  <svg className="role-shape" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <path
      d={PATHS[shape]}
      fill="none"
      stroke={shape === 'triangle' ? 'var(--byzantine)' : shape === DEAD ? 'var(--down)' : 'currentColor'}
      strokeWidth={shape === DEAD ? 2 : 1.3}
    />
  </svg>
)
