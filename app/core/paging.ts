import vine from '@vinejs/vine'

/** Rows on one page of a list. */
export const PAGE_SIZE = 25

/** `?page=2` of a list; anything else is the first page. */
export async function pageNumber(query: Record<string, unknown>): Promise<number> {
  const [, input] = await pageValidator.tryValidate(query)
  return input?.page ?? 1
}

const pageValidator = vine.create({
  page: vine.number().withoutDecimals().range([1, 100_000]).optional(),
})
