import type { HttpContext } from '@adonisjs/core/http'
import { PLACE_KINDS } from '#app/catalog/description'
import { inReadingOrder } from '#app/catalog/own_paper'
import type Template from '#app/mailings/templates/template'
import { templateOf } from '#app/mailings/templates/template_versions'
import { wordsOf } from '#app/replies/enclosures/form_place'
import { openForm } from '#app/replies/enclosures/receive_form'
import { TO_WORDS } from '#app/replies/templates/letter_template'

/** Reasons for which a form is refused here alone, or in other words. */
const OWN = ['not_pdf', 'not_filled', 'too_many_pages', 'too_large', 'empty', 'turned']

interface Shown {
  /** said in the reader's language */
  problem?: string
  /** the place that is looked at */
  at?: string
  typed?: Record<string, unknown>
}

/** Shows the form of a template: to be handed in, looked at by the machine, or its places. */
export async function showForm(
  { request, session, view }: HttpContext,
  template: Template,
  { problem, at, typed }: Shown = {}
) {
  const form = await openForm(template.id)
  const words = await templateOf({ templateId: template.id, templateVersion: template.newest })
  const places = inReadingOrder(form?.places ?? [])
  const { at: asked, page: askedPage, followed } = request.qs()
  const onPage = form?.pages[Number(askedPage) - 1] ? Number(askedPage) : null
  const place = onPage ? undefined : (places.find(({ id }) => id === (at ?? asked)) ?? places[0])
  const page = onPage ?? place?.page ?? 1
  const names = [...TO_WORDS, ...words.fields.map(({ name }) => name), ...namesOn(places)]
  return view.render('mailings/form', {
    ...{ template, form, place, page, problem, typed },
    size: form?.pages[page - 1],
    pages: (form?.pages ?? []).map((_size, index) => index + 1),
    places: places.filter((one) => one.page === page),
    numbers: Object.fromEntries(places.map(({ id }, index) => [id, index + 1])),
    words: wordsOf(places),
    names: [...new Set(names)],
    shapes: PLACE_KINDS,
    // Whoever has chosen a place types; whoever comes first reads.
    isChosen: (at ?? asked) !== undefined,
    removed: session.flashMessages.get('removed'),
    isAttached: words.enclosure !== undefined,
    refusal:
      form?.reason &&
      (OWN.includes(form.reason) ? 'mailings' : 'paper') + `.refused_${form.reason}`,
    isWaiting: form?.state === 'received',
    // Fetched by a screen that waited. Others don't follow: a file that was chosen must not go when the server speaks.
    isFollowed: followed !== undefined,
  })
}

function namesOn(places: { label: string; word?: string }[]): string[] {
  return places.flatMap(({ label, word }) => [word, label].filter((one) => one !== undefined))
}
