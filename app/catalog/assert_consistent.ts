import { CALL_WORDS, DESK_WORDS, type ServiceFiles } from '#app/catalog/description'
import { kindOf } from '#app/catalog/field_values'
import { handoverFields, rulesOf } from '#app/catalog/handover_rules'
import { asksSecrets } from '#app/catalog/spoken_script'
import { strayCondition, strayWord } from '#app/catalog/stray_word'
import { PLACEHOLDERS } from '#app/catalog/letter_placeholders'
import { KitRefused } from '#app/catalog/kit_refused'

/**
 * Every field that handover or person names must exist, once, and have its place.
 * @throws {KitRefused} names what doesn't go together
 */
export function assertConsistent(files: ServiceFiles): void {
  const keys = files.groups.flatMap((group) => group.fields.map((field) => field.key))
  const twice = keys.find((one, index) => keys.indexOf(one) !== index)
  if (twice) throw new KitRefused('described_twice', twice, 'this field is described twice')
  const named = [
    ...handoverFields(files.handover),
    ...Object.values(files.person),
    ...Object.keys(files.guide.fields),
    ...(files.guide.examples ?? []).map((example) => example.field),
  ]
  const missing = named.find((one) => !keys.includes(one))
  if (missing)
    throw new KitRefused('not_described', missing, 'this field is named but not described')
  const rules = rulesOf(files.handover)
  const unknown = rules.facts(files.handover).find((fact) => !files.person[fact])
  if (unknown) throw new KitRefused('person_unknown', unknown, 'no field tells this')
  rules.check(files)
  assertSaid(files)
  const pages = new Set(files.groups.map((group) => group.page))
  const empty = files.groups.find(({ page }) => page > 1 && !pages.has(page - 1))
  if (empty && !files.ownPaper)
    throw new KitRefused('page_gap', empty.key, 'the page before it would be empty')
  const { form, contact } = files
  if (form.returnAddress && (!contact.postcode || !contact.address))
    throw new KitRefused('no_return_address', contact.office, 'nobody knows where to return it')
  assertPlaced(files)
  const open = files.groups.find(
    (group) => group.home === 'free' && group.fields.some((field) => field.linkable)
  )
  if (open)
    throw new KitRefused(
      'open_at_home',
      open.key,
      "this group tells who somebody is and can't be free at home"
    )
}

/** What is written and said uses only words that somebody fills in. */
function assertSaid({ replies, callScript, deskScript = {} }: ServiceFiles): void {
  const said = Object.values(deskScript).flatMap(({ ja, en }) => [...ja, ...en])
  const word =
    strayWord(
      Object.values(replies.letters).flatMap((letter) => Object.values(letter).flat()),
      PLACEHOLDERS
    ) ??
    strayWord([...callScript.ja, ...callScript.en], CALL_WORDS) ??
    strayWord(said, DESK_WORDS) ??
    strayCondition(said)
  const secret = asksSecrets([...callScript.ja, ...callScript.en])
  if (secret) throw new KitRefused('asks_secrets', secret, 'callers of the city never ask for this')
  if (word) throw new KitRefused('unknown_word', word, 'nobody fills this in')
}

/** On a city's own form every field has its place, on the page of its group, and every option one of its own. */
function assertPlaced({ ownPaper, groups, form }: ServiceFiles): void {
  if (!ownPaper) return
  if (form.numberBox && !ownPaper.places.some((place) => place.secret))
    throw new KitRefused('number_open', form.numberBox.label.ja, 'it must be blacked out')
  const fields = groups.flatMap((group) => group.fields)
  const stray = ownPaper.places.find((place) => {
    if (!place.field) return false
    const field = fields.find((one) => one.key === place.field)
    return (
      !field ||
      (place.option !== undefined &&
        !field.options?.some((option) => option.value === place.option))
    )
  })
  if (stray)
    throw new KitRefused(
      'not_described',
      stray.field!,
      'a place is for this, but it isn’t described'
    )
  for (const group of groups) {
    for (const field of group.fields) {
      const places = ownPaper.places.filter((place) => place.field === field.key)
      const wanting = (field.options ?? []).filter(
        (option) => !places.some((place) => place.option === option.value)
      )
      const { paper } = kindOf(field)
      const marked = paper === 'marks'
      const unfit = places.some(
        ({ kind }) => (kind === 'tick' || kind === 'circle') !== marked && paper !== 'era_date'
      )
      if (places.length === 0)
        throw new KitRefused('no_place', field.key, 'this field has no place on the form')
      if (wanting.length > 0)
        throw new KitRefused('no_place', field.key, 'this option has no place on the form')
      if (unfit)
        throw new KitRefused('unfit_place', field.key, 'marks and writing need other places')
      if (places.some((place) => place.page !== group.page) || !ownPaper.pages[group.page - 1])
        throw new KitRefused('wrong_page', field.key, "this field isn't on its group's page")
    }
  }
}
