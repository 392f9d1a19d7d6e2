import base from './playwright.config.ts'
export default { ...base, webServer: undefined, outputDir: '/tmp/4h-results', reporter: 'list', use: { ...base.use, baseURL: 'http://localhost:5396/' } }
