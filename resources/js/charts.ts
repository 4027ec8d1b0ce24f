/**
 * Draws each `data-chart` as bars, from the table that it names: its columns by number in `data-columns`, else all but the
 * first; `data-stacked` where they add up, `data-overlaid` where one is a part of the next.
 */
export async function drawCharts(): Promise<void> {
  const places = document.querySelectorAll<HTMLElement>('[data-chart]')
  if (places.length === 0) return
  const { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } =
    await import('chart.js')
  Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip)
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  // Told apart by lightness too, for those who see colors otherwise.
  const fills = ['--main', '--chart-2', '--chart-3', '--chart-4'].map(color)
  for (const place of places) {
    const table = document.getElementById(place.dataset.chart!) as HTMLTableElement | null
    if (!table) continue
    const [heading, ...rows] = [...table.rows].map((row) =>
      [...row.cells].map((cell) => cell.dataset.label ?? cell.textContent?.trim() ?? '')
    )
    if (rows.length === 0) continue
    const columns =
      place.dataset.columns?.split(',').map(Number) ?? heading.slice(1).map((_, index) => index + 1)
    const stacked = place.dataset.stacked !== undefined
    const overlaid = place.dataset.overlaid !== undefined
    const canvas = document.createElement('canvas')
    // The table beside it says the same.
    canvas.setAttribute('aria-hidden', 'true')
    place.hidden = false
    place.append(canvas)
    new Chart(canvas, {
      type: 'bar',
      data: {
        labels: rows.map(([label]) => label),
        datasets: columns.map((column, index) => ({
          label: heading[column],
          data: rows.map((row) => Number.parseFloat(row[column])),
          backgroundColor: fills[index % fills.length],
          maxBarThickness: 40,
          grouped: !overlaid,
          // Of those that lie over each other the first lies in front.
          order: index,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        font: { family: style.fontFamily, size: 14 },
        scales: {
          x: { stacked, grid: { display: false } },
          y: { stacked, beginAtZero: true, ticks: { precision: 0 } },
        },
      },
    })
  }
}
