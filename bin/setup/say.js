/** The bootstrap's words: one clear line each, in the reader's language. */

const JAPANESE = /^ja/i.test(
  process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
)

/**
 * @param {string} en
 * @param {string} ja
 * @returns {string} the text in the language of the terminal
 */
export function inYourLanguage(en, ja) {
  return JAPANESE ? ja : en
}

/**
 * @param {string} en
 * @param {string} ja
 */
export function say(en, ja) {
  console.log(`  ${inYourLanguage(en, ja)}`)
}

/** A failure that one line explains; no stack is printed for it. */
export class SetupError extends Error {
  /**
   * @param {string} en
   * @param {string} ja
   */
  constructor(en, ja) {
    super(inYourLanguage(en, ja))
  }
}

/**
 * Runs the bootstrap's main function and ends the process after it, whatever the tools that it used have left
 * open. A failure becomes one line and exit code 1.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main()
  } catch (error) {
    if (error instanceof SetupError) console.error(`\n  ✖ ${error.message}\n`)
    else console.error(error)
    process.exitCode = 1
  }
  process.exit(process.exitCode ?? 0)
}
