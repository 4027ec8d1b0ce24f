import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateForms, uploadUntilKeyed } from '#bench/forms'
import { report, type Baseline } from '#bench/report'

const FORMS = 100
const SEED = 20_261_120

/** 100 generated forms from upload until they wait for keyers, beside OCRmyPDF on the same files. */
export async function benchPath(): Promise<void> {
  const { files, pages } = await generateForms(FORMS, SEED)
  const seconds = await uploadUntilKeyed(files)
  report(
    'path',
    { name: 'pages_per_minute', value: (pages / seconds) * 60, unit: 'pages/min' },
    ocrMyPdf(files, pages)
  )
}

/** OCRmyPDF with Japanese on both cores, file by file as they come in; none where it isn't installed. */
function ocrMyPdf(files: Buffer[], pages: number): Baseline | undefined {
  if (spawnSync('ocrmypdf', ['--version']).status !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const options = ['-q', '-l', 'jpn', '--force-ocr', '--output-type', 'pdf', '--jobs', '2']
  try {
    files.forEach((file, index) => writeFileSync(join(folder, `${index}.pdf`), file))
    const began = performance.now()
    for (const index of files.keys()) {
      const [text, input, output] = [`${index}.txt`, `${index}.pdf`, 'out.pdf'].map((name) =>
        join(folder, name)
      )
      execFileSync('ocrmypdf', [...options, '--sidecar', text, input, output], { stdio: 'ignore' })
    }
    const seconds = (performance.now() - began) / 1000
    return { name: 'OCRmyPDF', value: (pages / seconds) * 60, moreIsBetter: true }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
