// What every companion by Baileys is made with here: a logger that says nothing, and keys in memory.
export const silent = {level: 'silent', child: () => silent};
for (const name of ['trace', 'debug', 'info', 'warn', 'error', 'fatal']) silent[name] = () => {};

export function memoryKeys() {
  const kept = new Map();
  return {
    get: async (type, ids) => Object.fromEntries(
        ids.map((id) => [id, kept.get(`${type} ${id}`)]).filter(([, value]) => value)),
    set: async (data) => {
      for (const [type, values] of Object.entries(data))
        for (const [id, value] of Object.entries(values))
          value ? kept.set(`${type} ${id}`, value) : kept.delete(`${type} ${id}`);
    },
  };
}
