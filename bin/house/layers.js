/** Rules of dependency-cruiser (`npm run lint`): the layers of app/, and no circles. */
import { ROOMS } from './rooms.js'

/** @param {string[]} rooms */
const anyOf = (rooms) => `^app/(${rooms.join('|')})/`

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...ROOMS.slice(0, -1).map((room, index) => ({
      name: `${room}-imports-upward`,
      severity: /** @type {const} */ ('error'),
      from: { path: `^app/${room}/` },
      to: { path: anyOf(ROOMS.slice(index + 1)) },
    })),
    {
      name: 'not-a-room',
      comment: 'A new folder of app/ gets its place in bin/house/rooms.js.',
      severity: 'error',
      from: { path: '^app/', pathNot: anyOf(ROOMS) },
      to: {},
    },
    {
      name: 'foreign-controller',
      comment: 'Routes name controllers; nobody imports them.',
      severity: 'error',
      from: {},
      to: {
        path: '_controller\\.ts$',
        pathNot: '^node_modules',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      name: 'circle-of-values',
      comment: 'Two files that need each other to run are one file, or three. Types may look back.',
      severity: 'error',
      from: { path: '^app/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^(app|start)/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'bin/house/tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
}
