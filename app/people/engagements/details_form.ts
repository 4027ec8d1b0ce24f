import vine from '@vinejs/vine'
import type { Details } from '#app/people/engagements/details'

const text = (max: number) => vine.string().trim().maxLength(max).optional()

const detailsValidator = vine.create({
  languages: text(80),
  invoice: vine.enum(['registered', 'exempt']).optional(),
  invoice_number: text(20),
  leaving_reason: text(200),
  moved_on_to: text(200),
  contact_name: text(40),
  contact_relation: text(20),
  contact_phone: text(20),
  bank: text(8),
  branch: text(8),
  account_kind: vine.enum(['ordinary', 'checking']).optional(),
  account_number: text(12),
  account_holder: text(60),
})

/** Letters and digits of full width are the same ones; nothing else is changed. */
const folded = (typed: string | undefined) => (typed ?? '').normalize('NFKC').trim()
const matches = (value: string, pattern: RegExp) => pattern.test(value)

/** Reads details as they are typed. @returns the key of what is wrong, where something is */
export async function readDetails(
  typed: Record<string, unknown>
): Promise<{ details: Details } | { problem: string }> {
  const [problems, input] = await detailsValidator.tryValidate(typed)
  if (problems) return { problem: 'people.details_too_long' }
  const invoiceNumber = folded(input.invoice_number).toUpperCase()
  const isRegistered = input.invoice === 'registered'
  if (isRegistered ? !matches(invoiceNumber, /^T\d{13}$/) : invoiceNumber !== '')
    return { problem: 'people.invoice_number_wrong' }
  const phone = folded(input.contact_phone)
  const isNamed = Boolean(input.contact_name || phone || input.contact_relation)
  if (isNamed && (!input.contact_name || !matches(phone, /^0\d{9,10}$/)))
    return { problem: 'people.contact_wrong' }
  const account = {
    bank: folded(input.bank),
    branch: folded(input.branch),
    kind: input.account_kind ?? ('ordinary' as const),
    number: folded(input.account_number),
    holder: folded(input.account_holder),
  }
  const isGiven = [
    account.bank,
    account.branch,
    account.number,
    account.holder,
    input.account_kind,
  ].some(Boolean)
  const isWhole =
    input.account_kind !== undefined &&
    matches(account.bank, /^\d{4}$/) &&
    matches(account.branch, /^\d{3}$/) &&
    matches(account.number, /^\d{7}$/) &&
    // As banks write it: kana, Latin letters, digits, a few signs.
    matches(account.holder, /^[ァ-ヶーA-Z0-9 ()./-]+$/)
  if (isGiven && !isWhole) return { problem: 'people.account_wrong' }
  return {
    details: {
      languages: input.languages ?? null,
      invoice: input.invoice ?? null,
      invoiceNumber: isRegistered ? invoiceNumber : null,
      leavingReason: input.leaving_reason ?? null,
      movedOnTo: input.moved_on_to ?? null,
      contact: isNamed
        ? { name: input.contact_name!, relation: input.contact_relation ?? '', phone }
        : null,
      account: isGiven ? account : undefined,
    },
  }
}
