// Loaded before a service: every Date that it makes is CLOCK_SHIFT_MS off. The clocks of its timers are not.
const RealDate = Date;
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [RealDate.now() + shift]));
  }
  static now() {
    return RealDate.now() + shift;
  }
};
