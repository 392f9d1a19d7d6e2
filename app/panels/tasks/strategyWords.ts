/** How work is shared out, in plain words. */
const WORDS: { readonly [strategy: string]: string } = {
  random: 'anybody, at random',
  'round-robin': 'everybody in turn',
  central: 'one queue for all',
  choices: 'the better of a few',
  'least-loaded': 'who has least to do',
  hash: 'always the same one (hash)',
  'work-stealing': 'work stealing',
  auction: 'auction',
  predictive: 'by prediction',
  delegate: 'down the tree',
}
export const strategyWords = (strategy: string): string => WORDS[strategy] ?? strategy.replaceAll('-', ' ')
