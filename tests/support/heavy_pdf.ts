import { deflateSync } from 'node:zlib'

/**
 * A small PDF of one page whose content unfolds to `times` × `megabytes` of blanks: PDFium gets no memory for it,
 * aborts, and is of no use to any file after it.
 */
export function heavyPdf(megabytes = 600, times = 4): Buffer {
  const content = deflateSync(deflateSync(Buffer.alloc(megabytes * 2 ** 20, ' ')))
  const contents = Array.from({ length: times }, () => '4 0 R').join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [${contents}] >>`,
    `<< /Length ${content.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${content.toString('latin1')}\nendstream`,
  ]
  let pdf = '%PDF-1.4\n'
  const at = objects.map((object, index) => {
    const start = pdf.length
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`
    return start
  })
  const rows = at.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  pdf += `xref\n0 5\n0000000000 65535 f \n${rows}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF`
  return Buffer.from(pdf, 'latin1')
}
