import { open, type FileHandle } from 'node:fs/promises'
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  PDFRef,
  PDFString,
  type PDFObject,
} from '@cantoo/pdf-lib'

const WRITTEN_AT_ONCE = 1024 * 1024
const CATALOG = 1
const ROOT = 2

/**
 * A PDF that is written part by part, each a PDF by itself: one part is in memory at a time, and a number for each
 * object before it. Tags for
 * reading aloud are left out: they hold for one part.
 */
export class JoinedPdf {
  /** byte at which each object begins, by its number */
  readonly #offsets: number[] = []
  readonly #parts: { number: number; count: number }[] = []
  readonly #kept: Buffer[] = []
  #keptBytes = 0
  #at = 0
  #next = ROOT + 1

  private constructor(readonly file: FileHandle) {}

  /** @throws where the file can't be written */
  static async create(path: string): Promise<JoinedPdf> {
    const joined = new JoinedPdf(await open(path, 'w', 0o600))
    // Four bytes that are no text tell that it isn't.
    await joined.#write(Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n', 'latin1'))
    return joined
  }

  /** Adds the pages of a PDF. */
  async add(pdf: Buffer): Promise<void> {
    const part = await PDFDocument.load(pdf, { updateMetadata: false })
    const { context } = part
    const node = this.#next++
    const numbers = new Map<string, number>()
    const waiting: PDFRef[] = []
    const numberOf = (ref: PDFRef) => {
      const known = numbers.get(ref.tag)
      if (known) return known
      const number = this.#next++
      numbers.set(ref.tag, number)
      waiting.push(ref)
      return number
    }
    const renumbered = (object: PDFObject): PDFObject => {
      if (object instanceof PDFRef) return PDFRef.of(numberOf(object))
      if (object instanceof PDFRawStream)
        return PDFRawStream.of(renumbered(object.dict) as PDFDict, object.contents)
      if (object instanceof PDFArray) {
        const array = PDFArray.withContext(context)
        for (const one of object.asArray()) array.push(renumbered(one))
        return array
      }
      if (!(object instanceof PDFDict)) return object
      const dict = PDFDict.withContext(context)
      for (const [key, value] of object.entries()) dict.set(key, renumbered(value))
      return dict
    }
    const kids: number[] = []
    for (const page of part.getPages()) {
      page.node.normalize()
      for (const left of ['StructParents', 'Parent']) page.node.delete(PDFName.of(left))
      kids.push(numberOf(page.ref))
    }
    const pages = new Set(kids)
    for (let ref = waiting.shift(); ref; ref = waiting.shift()) {
      const object = context.lookup(ref)
      if (!object) continue
      const number = numberOf(ref)
      const mine = renumbered(object)
      if (pages.has(number) && mine instanceof PDFDict)
        mine.set(PDFName.of('Parent'), PDFRef.of(node))
      await this.#object(number, mine)
    }
    await this.#object(
      node,
      context.obj({
        Type: 'Pages',
        Parent: PDFRef.of(ROOT),
        Count: kids.length,
        Kids: kids.map((kid) => PDFRef.of(kid)),
      })
    )
    this.#parts.push({ number: node, count: kids.length })
  }

  /** Ends the file: it can be read from now on. */
  async finish(): Promise<void> {
    const { context } = await PDFDocument.create({ updateMetadata: false })
    const count = this.#parts.reduce((sum, part) => sum + part.count, 0)
    const kids = this.#parts.map(({ number }) => PDFRef.of(number))
    await this.#object(ROOT, context.obj({ Type: 'Pages', Count: count, Kids: kids }))
    const catalog = { Type: 'Catalog', Pages: PDFRef.of(ROOT), Lang: PDFString.of('ja') }
    await this.#object(CATALOG, context.obj(catalog))
    const start = this.#at
    const rows = Array.from({ length: this.#next }, (_, number) =>
      number === 0
        ? '0000000000 65535 f \n'
        : `${String(this.#offsets[number] ?? 0).padStart(10, '0')} 00000 ${this.#offsets[number] === undefined ? 'f' : 'n'} \n`
    )
    await this.#write(
      Buffer.from(
        `xref\n0 ${this.#next}\n${rows.join('')}trailer\n<< /Size ${this.#next} /Root ${CATALOG} 0 R >>\nstartxref\n${start}\n%%EOF\n`,
        'latin1'
      )
    )
    await this.#flush()
    await this.file.sync()
  }

  /** Lets go of the file, finished or not. */
  async close(): Promise<void> {
    await this.file.close()
  }

  async #object(number: number, object: PDFObject): Promise<void> {
    this.#offsets[number] = this.#at
    const head = Buffer.from(`${number} 0 obj\n`, 'latin1')
    const body = Buffer.alloc(object.sizeInBytes())
    object.copyBytesInto(body, 0)
    await this.#write(Buffer.concat([head, body, Buffer.from('\nendobj\n', 'latin1')]))
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#kept.push(bytes)
    this.#at += bytes.length
    this.#keptBytes += bytes.length
    if (this.#keptBytes > WRITTEN_AT_ONCE) await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.file.appendFile(Buffer.concat(this.#kept.splice(0)))
    this.#keptBytes = 0
  }
}
