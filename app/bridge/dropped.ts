import '../panels/files/dropping.css'
import { useEffect } from 'react'

/** Loaded with the first file. */
const files = () => import('./files.ts')

/** Opens a scenario file dropped on the page, and a file, link, code or scenario pasted anywhere but into a field. */
export function useDroppedFiles(): void {
  useEffect(() => {
    const mark = document.documentElement.dataset
    const over = (e: DragEvent): void => {
      if (!e.dataTransfer?.types.includes('Files')) return
      e.preventDefault()
      e.dataTransfer.dropEffect = 'copy'
      mark['dropping'] = ''
    }
    const leave = (e: DragEvent): void => {
      if (e.relatedTarget === null) delete mark['dropping']
    }
    const drop = (e: DragEvent): void => {
      delete mark['dropping']
      const dropped = [...(e.dataTransfer?.files ?? [])] // the list is emptied after the event
      if (dropped.length === 0 || e.defaultPrevented) return // the editor takes a file as text
      e.preventDefault()
      void files().then(({ openFiles }) => openFiles(dropped))
    }
    const paste = (e: ClipboardEvent): void => {
      const pasted = e.clipboardData
      if (!pasted || (e.target instanceof HTMLElement && e.target.closest('input, textarea, [contenteditable]'))) return
      const text = pasted.getData('text/plain').trim()
      const list = [...pasted.files]
      if (text) void files().then(({ openAndTell }) => openAndTell(text))
      else if (list.length > 0) void files().then(({ openFiles }) => openFiles(list))
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    addEventListener('paste', paste)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
      removeEventListener('paste', paste)
    }
  }, [])
}
