import vine, { errors } from '@vinejs/vine'
import type { Contact, LetterText, Text } from '#app/catalog/description'
import { contactSchema } from '#app/catalog/parts/service_part'
import { unknownPlaceholder } from '#app/catalog/unknown_placeholder'

/** A placeholder that a column of a list fills. */
interface TemplateField {
  /** stands in braces in the text, and over the column */
  name: string
  /** other headings of the column that are understood */
  headings?: string[]
  /** no letter goes without it */
  required?: boolean
  /** nor does the form behind it */
  onForm?: boolean
}

/** A letter to many, of no service: its words, and what a list fills in. */
export interface LetterTemplate {
  name: Text
  fields: TemplateField[]
  contact: Contact
  text: LetterText
  /** the department's own form that goes with it, filled in */
  enclosure?: { form: string }
}

/** Placeholders of every letter: whom it goes to. */
export const TO_WORDS = ['氏名', '郵便番号', '住所'] as const

const PLACEHOLDER = /\{([^{}\n]{1,40})\}/g

const words = () => vine.object({ ja: vine.string(), en: vine.string() })
const line = (length = 200) =>
  vine
    .string()
    .maxLength(length)
    .parse((value) => value ?? '')
const lines = () => vine.array(vine.string().maxLength(2000)).maxLength(30)

const templateValidator = vine.create({
  name: words(),
  fields: vine
    .array(
      vine.object({
        name: vine.string().trim().minLength(1).maxLength(40),
        headings: vine.array(vine.string().trim().minLength(1).maxLength(40)).optional(),
        required: vine.boolean().optional(),
      })
    )
    .maxLength(100),
  contact: contactSchema(),
  text: vine.object({
    documentNumber: line(),
    sender: vine.string(),
    title: vine.string(),
    paragraphs: lines(),
    highlight: line(2000),
    lead: line(2000),
    items: lines(),
    closing: lines(),
  }),
})

export type ReadTemplate =
  { ok: true; template: LetterTemplate } | { ok: false; problems: string[] }

/** Reads a template from its file. Words in braces that nothing fills, and names that are there twice, are refused. */
export async function readTemplate(json: string): Promise<ReadTemplate> {
  let content: unknown
  try {
    content = JSON.parse(json)
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] }
  }
  try {
    const template: LetterTemplate = await templateValidator.validate(content)
    const problems = [...unfilled(template), ...twice(template)]
    return problems.length > 0 ? { ok: false, problems } : { ok: true, template }
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    const messages = error.messages as { field: string; message: string }[]
    return { ok: false, problems: messages.map(({ field, message }) => `${field}: ${message}`) }
  }
}

function unfilled({ fields, text }: LetterTemplate): string[] {
  const known = [...TO_WORDS, ...fields.map(({ name }) => name)]
  const word = unknownPlaceholder(Object.values(text).flat(), known)
  return word ? [`${word}: no field fills it`] : []
}

function twice({ fields }: LetterTemplate): string[] {
  const names = [...TO_WORDS, ...fields.flatMap(({ name, headings = [] }) => [name, ...headings])]
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `${name}: it is there twice`
  )
}

/** Lists the words in braces of a text, each once. */
export function placeholdersIn(text: LetterText): string[] {
  // The number is the city's, not the list's.
  const texts = Object.values({ ...text, documentNumber: '' }).flat()
  return [
    ...new Set(texts.flatMap((one) => [...one.matchAll(PLACEHOLDER)].map(([, word]) => word))),
  ]
}

/** Puts values into the text of a template; an optional one that is missing leaves no gap, and a line of nothing else goes. */
export function fillTemplate(text: LetterText, values: Record<string, string>): LetterText {
  const one = (said: string) =>
    said
      .split('\n')
      .flatMap((row) => {
        const filled = row.replace(PLACEHOLDER, (whole, word: string) => values[word] ?? whole)
        // A paragraph's own indent stays.
        return filled.trim() === '' && row.trim() !== '' ? [] : [filled.replace(/^ +| +$/g, '')]
      })
      .join('\n')
  const all = (said: string[]) => said.map(one).filter((filled) => filled !== '')
  return {
    documentNumber: text.documentNumber,
    sender: one(text.sender),
    title: one(text.title),
    paragraphs: all(text.paragraphs),
    highlight: one(text.highlight),
    lead: one(text.lead),
    items: all(text.items),
    closing: all(text.closing),
  }
}
