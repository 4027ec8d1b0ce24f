import { kindOf } from '#app/catalog/field_values'
import type { Field } from '#app/catalog/description'
import type { LedgerRules } from '#app/catalog/acceptance_rules'
import type ServiceVersion from '#app/catalog/service_version'
import LedgerRow, { ledgerTokens, type LedgerValues } from '#app/registry/ledger/ledger_row'
import { openSealer } from '#app/core/sealing'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

export interface LedgerMatch {
  found: boolean
  /** what the ledger says; only of fields that the paper says otherwise */
  differing: LedgerValues
}

/** Looks a submission up in its client's ledger, and says where paper and ledger differ. */
export async function matchLedger(
  version: ServiceVersion,
  rules: LedgerRules,
  value: (key: string) => string,
  trx: TransactionClientContract
): Promise<LedgerMatch> {
  const number = value(rules.number)
  const row = number === '' ? null : await rowOf(version.serviceId, number, trx)
  if (!row) return { found: false, differing: {} }
  const values = row.open(await openSealer(row.dataKeyId, trx))
  const differing = Object.entries(values).filter(
    ([key, expected]) => !saysTheSame(version.field(key), value(key), expected)
  )
  return { found: true, differing: Object.fromEntries(differing) }
}

function rowOf(
  serviceId: string,
  number: string,
  client: TransactionClientContract
): Promise<LedgerRow | null> {
  return LedgerRow.query({ client })
    .where('serviceId', serviceId)
    .whereIn('numberToken', ledgerTokens(number))
    .first()
}

/** A name with or without a space, an address with or without its prefecture or with hyphens, is the same. */
export function saysTheSame(field: Field, paper: string, ledger: string): boolean {
  if (kindOf(field).tells === 'address') {
    const [one, other] = [plainAddress(paper), plainAddress(ledger)]
    return one === other || withoutCity(one) === other || one === withoutCity(other)
  }
  return plain(paper) === plain(ledger)
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '')
}

/** People leave their own city out. */
function withoutCity(address: string): string {
  return address.replace(/^(?:\D+?郡\D+?[町村]|\D+?市)/, '')
}

function plainAddress(text: string): string {
  return plain(text)
    .replace(/^(?:東京都|北海道|(?:京都|大阪)府|[^\d市]{2,3}県)/, '')
    .replace(/大字|(?<=.)字/g, '')
    .replace(/[ヶケが]/g, 'ケ')
    .replace(/[一二三四五六七八九](?=丁目)/g, (digit) =>
      String('一二三四五六七八九'.indexOf(digit) + 1)
    )
    .replace(/[‐‑–—−ー－](?=\d)/g, '-')
    .replace(/(\d)(?:丁目|番地の?|番|号室?)(?=\d|-)/g, '$1-')
    .replace(/(\d)(?:丁目|番地|番|号室?)/g, '$1')
    .replace(/--+/g, '-')
}
