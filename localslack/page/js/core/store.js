// What is known at this moment, and who wants to hear when it changes.

/**
 * @param {object} initial
 * @returns {{get: () => object, set: (patch: object) => void, subscribe: (listener: Function) => void}}
 */
export function createStore(initial) {
  let state = initial;
  const listeners = [];
  return {
    get: () => state,
    set(patch) {
      state = { ...state, ...patch };
      for (const listener of listeners) listener(state);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
