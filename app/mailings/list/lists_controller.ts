import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { PROOFS, proofLetter } from '#app/mailings/list/proofs'
import {
  confirmAddresses,
  matchColumns,
  MAX_LIST_BYTES,
  receiveList,
} from '#app/mailings/list/receive_list'
import { ownMailing } from '#app/mailings/own_mailing'
import { showMailing } from '#app/mailings/show_mailing'
import { proofOf } from '#app/mailings/templates/example_letter'
import { shownPage } from '#app/reading/decoding/shown_page'
import { keptForm } from '#app/replies/enclosures/kept_form'
import { notice } from '#app/core/notice'
import { notFound } from '#app/core/not_found'
import { pagePictures } from '#app/core/page_pictures'
import { uploaded } from '#app/core/uploaded'

const matchingValidator = vine.create({
  columns: vine.record(vine.string().maxLength(100).nullable()).optional(),
})

/** px per inch of a picture that is only looked at */
const DPI = 80

/** The list of a mailing: handed in, its columns matched, its letters looked at. */
export default class ListsController {
  async store(ctx: HttpContext) {
    const { auth, i18n, params, request, response } = ctx
    const user = auth.getUserOrFail()
    const mailing = await ownMailing(user, params.id)
    const content = await uploaded(request.file('file'), MAX_LIST_BYTES)
    const received = content ? await receiveList(user, mailing.id, content) : null
    if (received?.ok) return response.redirect(`/mailings/${mailing.id}`)
    response.status(422)
    const problem = received
      ? i18n.t(received.reason, received.detail)
      : i18n.t('mailings.list_missing')
    return showMailing(ctx, await mailing.refresh(), { problem })
  }

  /** Somebody says which column fills what. */
  async match(ctx: HttpContext) {
    const { auth, i18n, params, request, response } = ctx
    const user = auth.getUserOrFail()
    const mailing = await ownMailing(user, params.id)
    const [problems, input] = await matchingValidator.tryValidate(request.all())
    const matching = Object.fromEntries(
      Object.entries(input?.columns ?? {}).flatMap(([key, heading]) =>
        heading ? [[key, heading]] : []
      )
    )
    const matched = problems
      ? ({ ok: false, reason: 'mailings.overtaken', detail: {} } as const)
      : await matchColumns(user, mailing.id, matching)
    if (matched.ok) return response.redirect(`/mailings/${mailing.id}`)
    response.status(422)
    return showMailing(ctx, await mailing.refresh(), {
      problem: i18n.t(matched.reason, matched.detail),
      chosen: matching,
    })
  }

  /** Its addresses are right, though it looks shifted. */
  async confirm(ctx: HttpContext) {
    const { auth, params, response, session } = ctx
    const user = auth.getUserOrFail()
    const { id } = await ownMailing(user, params.id)
    if (!(await confirmAddresses(user, id))) notice(session, 'bad', 'mailings.overtaken')
    return response.redirect(`/mailings/${id}`)
  }

  /** A letter of it as it will be printed: its first page as a picture, or the whole as PDF. */
  async proof(ctx: HttpContext) {
    const { auth, params, request, response } = ctx
    const mailing = await ownMailing(auth.getUserOrFail(), params.id)
    const which = PROOFS.find((one) => one === params.which)
    const letter = which ? await proofLetter(mailing, which) : null
    if (!letter) return notFound(ctx)
    const { pdf, pages: pagesIn } = await proofOf(letter, {
      product: mailing.product,
      documentNumber: mailing.documentNumber ?? letter.text.documentNumber,
    })
    response.header('Cache-Control', 'no-store')
    if (request.qs().as === 'pdf') return response.type('application/pdf').send(pdf)
    if (letter.enclosed) {
      // A form is others' file: its picture is made by the child that opens such.
      const { pages } = await keptForm(letter.enclosed.form)
      const page = Number(request.qs().form)
      const number = pages[page - 1] ? pagesIn - pages.length + page : 1
      const picture = await shownPage(pdf, number)
      return picture ? response.type('jpeg').send(picture) : notFound(ctx)
    }
    const [page] = await pagePictures(pdf, DPI)
    return response.type('png').send(page)
  }
}
