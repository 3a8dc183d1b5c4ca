/** A port of which only a part is simulated: whoever asks for the rest is told so. */
export const partly = <Port extends object>(what: string, simulated: Partial<Port>): Port =>
  new Proxy(simulated as Port, {
    get: (port, member) => {
      if (typeof member === 'symbol' || member in port) return Reflect.get(port, member);
      throw new Error(`${what}: ${member} is not simulated`);
    },
  });

/** A port that nobody asks for in the simulated world. */
export const notSimulated = <Port extends object>(what: string): Port => partly<Port>(what, {});
