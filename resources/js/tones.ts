/** A note: its pitch (Hz), when it begins and how long it sounds (s). */
interface Note {
  hertz: number
  at: number
  seconds: number
}

/** Plays notes, without a file. */
export function play(sound: AudioContext, notes: Note[]): void {
  for (const { hertz, at, seconds } of notes) {
    const start = sound.currentTime + at
    const tone = sound.createOscillator()
    const loudness = sound.createGain()
    tone.frequency.value = hertz
    loudness.gain.setValueAtTime(0.4, start)
    loudness.gain.exponentialRampToValueAtTime(0.001, start + seconds)
    tone.connect(loudness).connect(sound.destination)
    tone.start(start)
    tone.stop(start + seconds)
  }
}
