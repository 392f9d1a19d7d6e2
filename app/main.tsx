import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './ui/tokens.css'
import './ui/controls.css'
import './panels/dock.css'
import './panels/shell.css'
import './panels/small.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { start } from './bridge/start.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')
createRoot(root).render(<App />)
void start()
