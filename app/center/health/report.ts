import { BaseCheck, HealthChecks, Result } from '@adonisjs/core/health'
import { gauges, standingOf, type Gauge, type Standing } from '#app/core/gauges'

/** A gauge as a check of the framework's health report. */
class GaugeCheck extends BaseCheck {
  override name: string

  constructor(readonly gauge: Gauge) {
    super()
    this.name = gauge.name
  }

  override async run() {
    try {
      const value = await this.gauge.read()
      const made = { ok: Result.ok, warning: Result.warning, error: Result.failed }
      return made[standingOf(this.gauge, value)](this.gauge.name).setMetaData({ value })
    } catch {
      // What can't be measured is broken; why, may name what nobody outside should know.
      return Result.failed(this.gauge.name).setMetaData({ value: null })
    }
  }
}

export interface Measured {
  name: string
  unit: Gauge['unit']
  value: number | null
  standing: Standing
}

/** Measures every gauge. */
export async function measureAll(): Promise<Measured[]> {
  const all = gauges.all()
  const report = await new HealthChecks().register(all.map((gauge) => new GaugeCheck(gauge))).run()
  return report.checks.map(({ name, status, meta }) => ({
    name,
    unit: gauges.get(name).unit,
    value: typeof meta?.value === 'number' ? meta.value : null,
    standing: status,
  }))
}

/** Returns the worst of what was measured. */
export function worstOf(measured: Measured[]): Standing {
  const standings = measured.map(({ standing }) => standing)
  return standings.includes('error') ? 'error' : standings.includes('warning') ? 'warning' : 'ok'
}
