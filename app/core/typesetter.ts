import app from '@adonisjs/core/services/app'
import { compile, type Template, type Typeset } from '#app/core/typesetting/compile'
import type { Enclosing } from '#app/core/typesetting/enclose'
import { typesetInChild } from '#app/core/typesetting/children'

export { fontFolder, type Template, type Typeset } from '#app/core/typesetting/compile'
export { TypesetFailed } from '#app/core/typesetting/typeset_failed'

export interface TypesetOptions {
  /** PDF/UA-1: refuses what a screen reader could not read */
  accessible?: boolean
  /** false leaves the tag tree out (pictures of handwriting have none) */
  tagged?: boolean
  /** in a child process, for what takes long; the labels of the marks that are asked for then */
  apart?: string[]
  /** forms behind its pieces: others' files, so it is made apart */
  enclosing?: Enclosing
}

/**
 * Typesets a template of resources/print with `data`, which the template reads as JSON: data are
 * never markup.
 * @throws {TypesetFailed}
 */
export async function typeset(
  template: Template,
  data: unknown,
  { apart, ...options }: TypesetOptions = {}
): Promise<Typeset> {
  const request = {
    folder: app.makePath('resources/print'),
    template,
    data: JSON.stringify(data),
    ...options,
  }
  if (!apart) return compile(request)
  const { pdf, pages, marks } = await typesetInChild({ ...request, labels: apart })
  return {
    pdf: Buffer.from(pdf),
    pages,
    marks: <T>(label: string) => {
      if (!(label in marks)) throw new Error(`The mark ${label} wasn't asked for`)
      return marks[label] as T[]
    },
  }
}
