import type { ButtonHTMLAttributes } from 'react'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'solid'
  small?: boolean
  /** Shown beside the pointer; for icon buttons it is the accessible name as well. */
  tip?: string
  tipSide?: 'above' | 'below' | 'left' | 'right'
  icon?: boolean
}

const LOOK = { plain: '', primary: 'primary', quiet: 'quiet-button', solid: 'solid' } as const

export function Button({ look = 'plain', small, tip, tipSide, icon, className, ...rest }: ButtonProps) {
  const classes = ['button', LOOK[look], small && 'small-button', icon && 'icon', className].filter(Boolean).join(' ')
  const label = icon && tip && !rest['aria-label'] ? { 'aria-label': tip } : {}
  return <button type="button" className={classes} data-tip={tip} data-tip-side={tipSide} {...label} {...rest} />
}
