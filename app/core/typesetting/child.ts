/**
 * A child process that typesets, one document after the other. It has no keys and no database. Node runs it without the
 * TypeScript loader.
 */
import { compile, type CompileRequest } from './compile.ts'
import { TypesetFailed } from './typeset_failed.ts'

/** The answer of a child. */
export type ChildAnswer =
  | { ok: true; pdf: Uint8Array; pages: number; marks: Record<string, unknown[]> }
  /** `failed`: it is the template's or the data's fault */
  | { ok: false; failed: boolean; message: string }

export interface ChildRequest extends CompileRequest {
  /** labels of the marks that are asked for */
  labels: string[]
}

process.on('message', (request: ChildRequest) => {
  void answer(request).then((said) => process.send!(said))
})
process.on('disconnect', () => process.exit(0))

async function answer({ labels, ...request }: ChildRequest): Promise<ChildAnswer> {
  try {
    const { pdf, pages, marks } = await compile(request)
    const found = Object.fromEntries(labels.map((label) => [label, marks<unknown>(label)]))
    return { ok: true, pdf, pages, marks: found }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, failed: error instanceof TypesetFailed, message }
  }
}
