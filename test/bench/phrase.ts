/** Random words, as people are told to choose them. */
export const PHRASE =
  "vexed-otter-lantern-42-quiet-marble-sable-driftwood-cinder-plum-19-gravel-onion-thicket-fjord-" +
  "basket-harvest-copper-whistle-meadow-pilgrim-saddle-orchard-velvet-tundra-lighthouse-barley-" +
  "canyon-ember-quartz-willow-hammock-sparrow-glacier-nutmeg-anchor-ribbon-falcon";
