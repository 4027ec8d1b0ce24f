import vine from '@vinejs/vine'
import { validate as isUuid } from 'uuid'

/** Rows on one page of a list. */
export const PAGE_SIZE = 25

/** `?page=2` of a list; anything else is the first page. */
export async function pageNumber(query: Record<string, unknown>): Promise<number> {
  const [, input] = await pageValidator.tryValidate(query)
  return input?.page ?? 1
}

/** `?after=ID` of a list that is read on from the last row of the page before; null on its first page. */
export function afterRow({ after }: Record<string, unknown>): string | null {
  return typeof after === 'string' && isUuid(after) ? after : null
}

const pageValidator = vine.create({
  page: vine.number().withoutDecimals().range([1, 100_000]).optional(),
})
