import base from './playwright.config.ts'
export default { ...base, webServer: undefined, testMatch: /emergence|sweep|compare/, outputDir: '/tmp/look/results', reporter: 'list', use: { ...base.use, baseURL: 'http://localhost:5348/' } }
