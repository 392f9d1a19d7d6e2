import { useEffect } from 'react'
import { useLab } from '../state/lab.ts'
import { openText } from './share.ts'

/** A .json scenario dropped on the page, or a code pasted anywhere but into a field, is opened. */
export function useDroppedFiles(): void {
  useEffect(() => {
    const over = (e: DragEvent): void => {
      if (e.dataTransfer?.types.includes('Files')) e.preventDefault()
    }
    const drop = (e: DragEvent): void => {
      const file = e.dataTransfer?.files[0]
      if (!file) return
      e.preventDefault()
      void openFile(file)
    }
    const paste = (e: ClipboardEvent): void => {
      if (e.target instanceof HTMLElement && e.target.closest('input, textarea')) return
      const text = e.clipboardData?.getData('text/plain').trim()
      if (text) void openAndTell(text)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    addEventListener('paste', paste)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
      removeEventListener('paste', paste)
    }
  }, [])
}

export async function openFile(file: File): Promise<void> {
  const max = 1_048_576
  if (file.size > max)
    return useLab
      .getState()
      .toast('error', `${file.name}: ${file.size} bytes is more than a scenario may have, ${max}.`)
  await openAndTell(await file.text())
}

/** Opens a link, a bare code or a scenario as JSON; says what is wrong otherwise. */
export async function openAndTell(text: string): Promise<boolean> {
  const opened = await openText(text)
  if (!opened.ok) useLab.getState().toast('error', opened.error)
  return opened.ok
}
