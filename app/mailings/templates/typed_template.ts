import vine from '@vinejs/vine'
import { unknownPlaceholder } from '#app/catalog/unknown_placeholder'
import { isNumberPlace } from '#app/reading/layout/guess_field'
import { missingGlyphs } from '#app/replies/glyphs'
import {
  placeholdersIn,
  TO_WORDS,
  type LetterTemplate,
} from '#app/replies/templates/letter_template'

const line = (max: number) => vine.string().trim().maxLength(max).nullable().optional()
const needed = (max: number) => vine.string().trim().minLength(1).maxLength(max)

/** A template as its form sends it; of paragraphs, items and the close each line is one. */
export const typedTemplate = vine.create({
  name: needed(60),
  documentNumber: line(60),
  sender: line(100),
  title: needed(100),
  paragraphs: line(3000),
  highlight: line(1000),
  lead: line(300),
  items: line(2000),
  closing: line(2000),
  optional: line(500),
  city: needed(40),
  office: needed(80),
  postcode: needed(10),
  address: needed(120),
  phone: needed(20),
  fax: line(20),
  hours: line(80),
})

type Typed = Partial<Record<string, string | null>>

export type ReadTyped =
  | { ok: true; template: LetterTemplate }
  | { ok: false; problem: string; detail: Record<string, string> }

/** Reads a template from its form. Whatever stands in braces is filled by a column of that name. */
export async function readTyped(typed: unknown): Promise<ReadTyped> {
  const [problems, input] = await typedTemplate.tryValidate(typed)
  if (problems) return { ok: false, problem: 'mailings.template_incomplete', detail: {} }
  const template = templateFrom(input)
  const all = [
    template.name.ja,
    ...Object.values(template.text).flat(),
    ...Object.values(template.contact),
  ]
  const lacking = missingGlyphs(all.join(''))
  if (lacking.length > 0)
    return { ok: false, problem: 'batches.glyphs', detail: { characters: lacking.join(' ') } }
  const known = template.fields.map(({ name }) => name)
  const texts = Object.values(template.text).flat()
  const word = unknownPlaceholder(texts, [...TO_WORDS, ...known])
  if (word) return { ok: false, problem: 'mailings.brace', detail: { word } }
  const forbidden = known.find((label) => isNumberPlace({ label }))
  if (forbidden)
    return { ok: false, problem: 'mailings.my_number_word', detail: { word: forbidden } }
  const unknown = namesIn(input.optional).find((name) => !known.includes(name))
  if (unknown) return { ok: false, problem: 'mailings.optional_unknown', detail: { word: unknown } }
  return { ok: true, template }
}

/** Makes a template of what was typed, whatever is missing. */
export function templateFrom(typed: Typed): LetterTemplate {
  const one = (key: string) => typed[key] ?? ''
  const lines = (key: string) =>
    one(key)
      .split('\n')
      .map((part) => part.trimEnd())
      .filter((part) => part.trim() !== '')
  const text = {
    documentNumber: one('documentNumber'),
    sender: one('sender'),
    title: one('title'),
    paragraphs: lines('paragraphs'),
    highlight: one('highlight'),
    lead: one('lead'),
    items: lines('items'),
    closing: lines('closing'),
  }
  const optional = namesIn(typed.optional)
  const words = placeholdersIn(text).filter((word) => !isTo(word))
  return {
    name: { ja: one('name'), en: one('name') },
    fields: words.map((name) => ({ name, required: !optional.includes(name) })),
    contact: {
      city: one('city'),
      office: one('office'),
      postcode: one('postcode'),
      address: one('address'),
      phone: one('phone'),
      fax: one('fax'),
      hours: one('hours'),
    },
    text,
  }
}

/** Returns a template as its form shows it. */
export function asTyped({ name, fields, contact, text }: LetterTemplate): Typed {
  const placed = placeholdersIn(text)
  return {
    ...contact,
    ...text,
    name: name.ja,
    paragraphs: text.paragraphs.join('\n'),
    items: text.items.join('\n'),
    closing: text.closing.join('\n'),
    // What only a form behind it takes is said there.
    optional: fields
      .flatMap(({ name: of, required }) => (required || !placed.includes(of) ? [] : of))
      .join('、'),
  }
}

function namesIn(text: string | null | undefined): string[] {
  return (text ?? '').split(/[、,\n]/).flatMap((name) => name.trim() || [])
}

function isTo(word: string): boolean {
  return (TO_WORDS as readonly string[]).includes(word)
}
