import { descriptionParts } from '#app/catalog/description_part'
import { namesIn, sayer } from '#app/catalog/outline'
import type { HttpContext } from '@adonisjs/core/http'
import type { ServiceFiles } from '#app/catalog/description'
import { draftPaper } from '#app/studio/draft_paper'
import { drawPages } from '#app/studio/preview'
import { inEnglish } from '#app/catalog/in_english'
import type ServiceDraft from '#app/studio/service_draft'

/** Parts of the contact on paper, and how many characters each may have. */
const CONTACTS = [
  { part: 'office', max: 100 },
  { part: 'city', max: 40 },
  { part: 'postcode', max: 8 },
  { part: 'address', max: 200 },
  { part: 'phone', max: 20 },
  { part: 'fax', max: 20 },
  { part: 'hours', max: 100 },
]

type Typed = Record<string, unknown>

/** A refusal on the screen of a draft, and what had been typed: around the boxes, or of a group. */
interface Refused {
  problem: string
  words?: Typed
  group?: Typed
}

/** Renders the screen of a draft: its groups and fields, with the paper beside. */
export async function showDraft(
  { view, params, i18n, locale }: HttpContext,
  draft: ServiceDraft,
  refused?: Refused
) {
  const { files } = draft
  const say = sayer((key, data) => i18n.t(key, data), new Map(namesIn(files, locale)))
  return view.render('studio/draft', {
    draft,
    files,
    screens: descriptionParts.all().flatMap((part) => part.screen?.(files, say) ?? []),
    preview: await drawPages(files, await draftPaper(draft.slug)),
    problem: refused?.problem,
    words: refused?.words ?? wordsOf(files),
    contacts: CONTACTS,
    wordsOpen: refused?.words !== undefined,
    groups: files.groups.map(({ fields, label, ...rest }) => ({
      ...rest,
      label,
      fields,
      isOpen: refused?.group !== undefined && params.key === rest.key,
      typed:
        refused?.group && params.key === rest.key
          ? refused.group
          : { ...rest, label: label.ja, label_en: inEnglish(label) },
    })),
    newGroup: {
      isOpen: refused?.group !== undefined && !files.groups.some(({ key }) => key === params.key),
      typed: refused?.group ?? { page: 1 },
    },
  })
}

/** Gives what stands around the boxes, as the screen shows it. */
function wordsOf({ name, form, contact, homeWorkAgreed }: ServiceFiles): Typed {
  return {
    ...contact,
    name: name.ja,
    name_en: inEnglish(name),
    title: form.title.ja,
    intro: form.intro.ja,
    closing: form.closing.ja,
    furigana: (form.furigana ?? []).map((one) => `${one.word}=${one.reading}`).join('\n'),
    return_address: form.returnAddress,
    home_work_agreed: homeWorkAgreed,
  }
}
