import type { I18n } from '@adonisjs/i18n'

/** Says why a piece was left out: the product's own reasons in words, a person's as they wrote it. */
export function leftOutWords(i18n: I18n, reason: string): string {
  return /^(file|row|batch)_[a-z_]+$/.test(reason) ? i18n.t(`batches.${reason}`) : reason
}
