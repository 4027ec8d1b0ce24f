import Page from '#app/intake/page'

/** A page with the picture of a group; null where none was cut. */
export type PageOfGroup = Page & { $extras: { snippet: string | null } }

/** Finds the page of a submission on which a group lies, with the group's picture; null where its side never came, or is erased. */
export function pageOfGroup(
  submissionId: string,
  formPage: number,
  groupKey: string
): Promise<PageOfGroup | null> {
  return Page.query()
    .where({ submissionId, formPage, state: 'matched' })
    .whereNull('erasedAt')
    .joinRaw('left join snippets on snippets.page_id = pages.id and snippets.group_key = ?', [
      groupKey,
    ])
    .select('pages.*', 'snippets.file as snippet')
    .first() as Promise<PageOfGroup | null>
}
