import type { HttpContext } from '@adonisjs/core/http'
import { ownMailing } from '#app/mailings/own_mailing'
import { ownTemplate } from '#app/mailings/templates/own_template'
import { templateOf } from '#app/mailings/templates/template_versions'
import { shownPage } from '#app/reading/decoding/shown_page'
import { exampleForm } from '#app/replies/enclosures/enclosing_of'
import { formPicture } from '#app/replies/enclosures/kept_form'
import { fileOf, openForm } from '#app/replies/enclosures/receive_form'
import { notFound } from '#app/core/not_found'

/** Pages of a department's own form as pictures: empty, and filled in. */
export default class FormPicturesController {
  async blank(ctx: HttpContext) {
    const form = await openForm((await ownTemplate(ctx)).id)
    return this.#send(ctx, form?.id)
  }

  /** Filled in with examples. */
  async example(ctx: HttpContext) {
    const form = await openForm((await ownTemplate(ctx)).id)
    const page = Number(ctx.params.page)
    const file = form?.state === 'found' && form.pages[page - 1] ? await fileOf(form) : null
    if (!form || !file) return notFound(ctx)
    const pdf = await exampleForm({ file, pages: form.pages, places: form.places })
    const picture = await shownPage(pdf, 1 + page)
    if (!picture) return notFound(ctx)
    ctx.response.header('Cache-Control', 'no-store')
    return ctx.response.type('jpeg').send(picture)
  }

  /** The form that the letters of a mailing go with. */
  async kept(ctx: HttpContext) {
    const mailing = await ownMailing(ctx.auth.getUserOrFail(), ctx.params.id)
    return this.#send(ctx, (await templateOf(mailing)).enclosure?.form)
  }

  async #send(ctx: HttpContext, form: string | undefined) {
    const picture = form && (await formPicture(form, Number(ctx.params.page)))
    return picture ? ctx.response.type('png').send(picture) : notFound(ctx)
  }
}
