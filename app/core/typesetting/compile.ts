/**
 * Typst itself, in whatever process it runs. Node runs this file without the TypeScript loader too: only types that can
 * be stripped stand in it.
 */
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { enclose, type Enclosing } from './enclose.ts'
import { TypesetFailed } from './typeset_failed.ts'

const require = createRequire(import.meta.url)

/** Font packages: the faces of print, and the handwriting faces of samples. */
const FACES = [
  'biz-udpgothic',
  'noto-sans-jp',
  'klee-one',
  'yomogi',
  'zen-kurenaido',
  'yusei-magic',
  'hachi-maru-pop',
  'slackside-one',
  'yuji-mai',
  'darumadrop-one',
]

/** A file of resources/print, or the text of a template (of an extension). */
export type Template = string | { source: string }

/** A document that is to be typeset. */
export interface CompileRequest {
  /** the folder of our templates */
  folder: string
  template: Template
  /** JSON */
  data: string
  /** PDF/UA-1: refuses what a screen reader could not read */
  accessible?: boolean
  /** false leaves the tag tree out (pictures of handwriting have none) */
  tagged?: boolean
  /** forms behind its pieces; then nothing is tagged */
  enclosing?: Enclosing
}

export interface Typeset {
  pdf: Buffer
  pages: number
  /** the values of all `#metadata(...)<label>` with this label, in document order */
  marks<T>(label: string): T[]
}

let compiler: Promise<NodeCompiler> | undefined

/** Typesets a document. @throws {TypesetFailed} also where a form behind it can't be used */
export async function compile(request: CompileRequest): Promise<Typeset> {
  const made = await compilePages(request)
  const { enclosing } = request
  if (!enclosing) return made
  return { ...made, ...(await enclose(made.pdf, made.marks(enclosing.label), enclosing)) }
}

async function compilePages(request: CompileRequest): Promise<Typeset> {
  const { folder, template, data, accessible, tagged, enclosing } = request
  const typst = await (compiler ??= createCompiler(folder))
  const compiled = typst.compile({
    ...(typeof template === 'string'
      ? { mainFilePath: join(folder, template) }
      : { mainFileContent: template.source }),
    inputs: { data },
  })
  const failure = compiled.takeError()
  if (failure) {
    const reasons = typst
      .fetchDiagnostics(failure)
      .map((one) => `${one.path}:${one.range ? one.range.start.line + 1 : '?'}: ${one.message}`)
    throw new TypesetFailed(reasons.join('; '))
  }
  const document = compiled.result!
  try {
    const pdf = typst.pdf(document, {
      ...(accessible ? { pdfStandard: 'ua-1' as const } : {}),
      ...(tagged === false || enclosing ? { pdfTags: false } : {}),
    })
    const marks = <T>(label: string): T[] =>
      typst.query(document, { selector: `<${label}>`, field: 'value' })
    return { pdf: Buffer.from(pdf), pages: document.numOfPages, marks }
  } catch (error) {
    const name = typeof template === 'string' ? template : 'a template'
    throw new TypesetFailed(`${name}: ${reasonOf(error)}`)
  } finally {
    typst.evictCache(10)
  }
}

/**
 * Only the faces that we ship, whatever the machine has: the same paper everywhere. The compiler looks for
 * the machine's fonts when it is made, and only fontconfig can keep it from that; what other programs
 * inherit is put back at once.
 */
async function createCompiler(folder: string): Promise<NodeCompiler> {
  const { FONTCONFIG_FILE: before } = process.env
  process.env.FONTCONFIG_FILE = join(folder, 'no_system_fonts.conf')
  try {
    const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler')
    return Compiler.create({
      workspace: folder,
      fontArgs: [{ fontPaths: FACES.map(fontFolder) }],
    })
  } finally {
    if (before === undefined) delete process.env.FONTCONFIG_FILE
    else process.env.FONTCONFIG_FILE = before
  }
}

/** The folder of a font package. */
export function fontFolder(face: string): string {
  return dirname(require.resolve(join('@expo-google-fonts', face, 'package.json')))
}

/** Reasons without the text that stood in the document. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const reasons = [...text.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map((match) =>
    match[1].replace(/`[^`]*`/g, '…')
  )
  return reasons.join('; ') || 'unknown reason'
}
