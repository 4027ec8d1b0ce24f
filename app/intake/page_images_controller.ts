import type { HttpContext } from '@adonisjs/core/http'
import sharp from 'sharp'
import { visibleTo } from '#app/people/client_scope'
import Page from '#app/intake/page'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** The width of a small picture of a page, px. */
const THUMBNAIL = 180

/** The picture of a whole page. Who looked is kept; small pictures of lists are too small to read. */
export default class PageImagesController {
  async show({ auth, params, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const page = await visibleTo(Page.query(), user)
      .where('pages.id', params.id)
      .whereNull('pages.erased_at')
      .firstOrFail()
    const picture = await readSealedFile(
      await openSealer(page.dataKeyId),
      page.registeredImage ?? page.image
    )
    await transition(async (t) => {
      t.recordOnly({
        verb: 'page.viewed',
        subject: { type: 'page', id: page.id },
        clientId: page.clientId,
        submissionId: page.submissionId,
        actorId: user.id,
      })
    })
    return response.type('image/jpeg').send(picture)
  }

  async thumbnail({ auth, params, response }: HttpContext) {
    const page = await visibleTo(Page.query(), auth.getUserOrFail())
      .where('pages.id', params.id)
      .whereNull('pages.erased_at')
      .firstOrFail()
    const picture = await readSealedFile(
      await openSealer(page.dataKeyId),
      page.registeredImage ?? page.image
    )
    return response
      .type('image/jpeg')
      .send(
        await sharp(picture).resize({ width: THUMBNAIL }).blur(0.6).jpeg({ quality: 60 }).toBuffer()
      )
  }
}
