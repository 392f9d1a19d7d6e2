import { Component, type ReactNode } from 'react'

export interface BoundaryProps {
  /** Shown instead of what could not be drawn. */
  fallback: ReactNode
  onError?(error: unknown): void
  onUnmount?(): void
  children: ReactNode
}

/** A part that cannot be drawn (or whose code did not arrive) must not take the page with it. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }
  override componentDidCatch(error: unknown): void {
    this.props.onError?.(error)
  }
  override componentWillUnmount(): void {
    this.props.onUnmount?.()
  }
  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
