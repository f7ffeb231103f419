// Chance that is the same in every run: xorshift128 from a number.
export class Seeded {
  constructor(seed) {
    this.state = Uint32Array.of(seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162);
    for (let i = 0; i < 16; ++i) this.word();
  }
  word() {
    const s = this.state;
    let t = s[3];
    s[3] = s[2];
    s[2] = s[1];
    s[1] = s[0];
    t ^= t << 11;
    t ^= t >>> 8;
    s[0] = t ^ s[0] ^ (s[0] >>> 19);
    return s[0];
  }
  below(bound) {
    return this.word() % bound;
  }
  bytes(count) {
    return Buffer.from(Array.from({length: count}, () => this.below(256)));
  }
  pick(list) {
    return list[this.below(list.length)];
  }
  chance(percent) {
    return this.below(100) < percent;
  }
}
