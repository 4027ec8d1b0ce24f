import { fillForm } from '#app/replies/enclosures/fill_form'
import { exampleValues } from '#app/replies/enclosures/example_values'
import { PT } from '#app/replies/enclosures/form_place'
import { keptForm, type KeptForm } from '#app/replies/enclosures/kept_form'
import { FACE_FILES } from '#app/replies/glyphs'
import type { Letter } from '#app/replies/letter'
import type { SheetToPrint } from '#app/replies/products/product'
import type { Drawn, Enclosing } from '#app/core/typesetting/enclose'
import { typeset, TypesetFailed } from '#app/core/typesetter'

/** The mark that templates put on each letter. */
const LABEL = 'letter'

/** Fills in the forms behind letters; undefined where none has one. `pages`: of the form behind each. */
export async function enclosingOf(
  sheets: SheetToPrint[]
): Promise<{ enclosing: Enclosing; pages: number[] } | undefined> {
  const ids = [...new Set(sheets.flatMap(({ letter }) => letter.enclosed?.form ?? []))]
  if (ids.length === 0) return undefined
  const forms = await Promise.all(ids.map(keptForm))
  const pieces = sheets.map(({ letter: { enclosed }, sheet }) => {
    if (!enclosed) return null
    const form = ids.indexOf(enclosed.form)
    const { drawn, faults } = fillForm(forms[form].places, enclosed.values)
    // Rows of which this is so are held; nothing is printed with a gap.
    if (faults.length > 0) throw new Error('A value doesn’t go into its place on a form')
    return { form, drawn, foot: sheet ? `${sheet.number}  ${sheet.code}` : '' }
  })
  return {
    enclosing: {
      ...{ label: LABEL, pieces, faces: FACE_FILES },
      forms: forms.map(inPoints),
    },
    pages: pieces.map((piece) => (piece ? forms[piece.form].pages.length : 0)),
  }
}

/** Says which values don't go into their places on the form behind a letter: `word: place` or `word: no_option`. */
export async function enclosureFaults({ enclosed }: Letter): Promise<string[]> {
  if (!enclosed) return []
  const { places } = await keptForm(enclosed.form)
  return fillForm(places, enclosed.values).faults
}

/** Fills in a form with examples, to be looked at: a PDF whose first page is empty. */
export async function exampleForm(form: KeptForm): Promise<Buffer> {
  const { drawn } = fillForm(form.places, exampleValues(form.places))
  return (await behindNothing(form, drawn)).pdf
}

/** Puts the pages of a form behind nothing, as they are printed (PDF); null where that can't be. Its first page is empty. */
export async function printedEmpty(form: Pick<KeptForm, 'file' | 'pages'>): Promise<Buffer | null> {
  try {
    return (await behindNothing(form, [])).pdf
  } catch (error) {
    if (error instanceof TypesetFailed) return null
    throw error
  }
}

function behindNothing(form: Pick<KeptForm, 'file' | 'pages'>, drawn: Drawn[]) {
  const pieces = [{ form: 0, drawn, foot: '' }]
  const enclosing = { label: LABEL, forms: [inPoints(form)], faces: FACE_FILES, pieces }
  const source = `#metadata((from: 1, to: 1)) <${LABEL}>`
  return typeset({ source }, {}, { apart: [LABEL], enclosing })
}

/** A form with its pages as large as its places were measured on. */
function inPoints({ file, pages }: Pick<KeptForm, 'file' | 'pages'>): Enclosing['forms'][number] {
  return {
    pdf: file,
    pages: pages.map(({ width, height }) => ({ width: width * PT, height: height * PT })),
  }
}
