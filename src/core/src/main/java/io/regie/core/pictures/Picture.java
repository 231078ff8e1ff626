package io.regie.core.pictures;

/** One size of a picture, in storage. A drawing of lines has one size for all. */
public record Picture(String key, String sha256, long bytes, int width, int height) {

    /** How its file is called where it is served: another picture, another name. */
    public String fileName() {
        return width + "-" + sha256.substring(0, 16) + key.substring(key.lastIndexOf('.'));
    }

    /** @param folder where it is served, with a slash at its end */
    public PictureView view(String folder) {
        return new PictureView(folder + fileName(), width, height);
    }
}
