import { fillForm } from '#app/replies/enclosures/fill_form'
import { exampleValues } from '#app/replies/enclosures/example_values'
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
      forms: forms.map(({ file }) => file),
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
export async function exampleForm({ file, places }: Pick<KeptForm, 'file' | 'places'>) {
  const { drawn } = fillForm(places, exampleValues(places))
  return (await behindNothing(file, drawn)).pdf
}

/** Whether the pages of a form can be put behind a letter: it is tried. */
export async function fillsIn(file: Buffer, pages: number): Promise<boolean> {
  try {
    return (await behindNothing(file, [])).pages === 1 + pages
  } catch (error) {
    if (error instanceof TypesetFailed) return false
    throw error
  }
}

function behindNothing(file: Buffer, drawn: Drawn[]) {
  const pieces = [{ form: 0, drawn, foot: '' }]
  const enclosing = { label: LABEL, forms: [file], faces: FACE_FILES, pieces }
  const source = `#metadata((from: 1, to: 1)) <${LABEL}>`
  return typeset({ source }, {}, { apart: [LABEL], enclosing })
}
