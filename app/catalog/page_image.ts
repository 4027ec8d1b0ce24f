import db from '@adonisjs/lucid/services/db'

/** The picture (PNG) of one side of a published form. @throws E_ROW_NOT_FOUND */
export async function pageImage(versionId: string, number: number): Promise<Buffer> {
  const page: { image: Buffer } = await db
    .from('form_pages')
    .where({ service_version_id: versionId, number })
    .select('image')
    .firstOrFail()
  return page.image
}
